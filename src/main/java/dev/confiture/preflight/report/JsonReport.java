package dev.confiture.preflight.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.confiture.preflight.migrations.StaticCheck;
import dev.confiture.preflight.rehearsal.Interruption;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the report for machines: confiture's shape, key for key, with keys of our own after its.
 *
 * <p>Each record of {@link JsonStatic}, {@link JsonAgainst} and {@link JsonMigration} is an object:
 * its components are the keys, in their order and in snake_case. Every key is always there, null
 * where there is nothing to say. New facts are added keys, never renamed ones.
 */
public final class JsonReport {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new SimpleModule().addSerializer(new OptionalSerializer()))
          .build();

  private JsonReport() {}

  /** Returns the report, with two-space indentation and a line end. */
  public static String write(Report report) {
    return print(
        new Root(
            report.interruption().map(JsonReport::error),
            Optional.of(JsonStatic.of(report.staticCheck())),
            Optional.of(JsonAgainst.of(report))));
  }

  /** Returns the check of the files alone, flat. */
  public static String write(StaticCheck check) {
    return print(JsonStatic.of(check));
  }

  /** Returns the problem of a rehearsal that could not be done; an empty hint is null. */
  public static String writeError(
      String kind, String message, String hint, Optional<StaticCheck> check) {
    return print(
        new Root(
            Optional.of(error(kind, message, hint)), check.map(JsonStatic::of), Optional.empty()));
  }

  static ErrorJson error(Interruption reason) {
    return error(word(reason.kind()), reason.message(), reason.hint());
  }

  private static ErrorJson error(String kind, String message, String hint) {
    return new ErrorJson(kind, message, Optional.of(hint).filter(text -> !text.isEmpty()));
  }

  /** Returns a constant as a word for machines. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The whole document, whose keys are there only where they have a value. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Root(
      Optional<ErrorJson> error,
      @JsonProperty("static") Optional<JsonStatic> files,
      Optional<JsonAgainst> against) {}

  record ErrorJson(String kind, String message, Optional<String> hint) {}

  private static String print(Object root) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("records of texts and numbers can be written", impossible);
    }
  }

  /** Writes an empty value as null. */
  private static final class OptionalSerializer extends StdSerializer<Optional<?>> {

    private static final long serialVersionUID = 1L;

    OptionalSerializer() {
      super(Optional.class, false);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Optional<?> value) {
      return value.isEmpty();
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        provider.defaultSerializeValue(value.get(), out);
      } else {
        out.writeNull();
      }
    }
  }
}
