package dev.confiture.preflight.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentences of PostgreSQL's own source (its {@code errmsg} calls). */
final class ObjectMessageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\1',
      value = {
        "relation \"app.t\" does not exist                    | -relation app.t",
        "materialized view \"v\" does not exist               | -relation v",
        "table \"t\" does not exist                           | -relation t",
        "index \"i\" for table \"t\" does not exist           | -relation i of t",
        "relation \"t\" already exists                        | +relation t",
        "column \"c\" does not exist                          | -column c",
        "column o.c does not exist                            | -column c of o",
        "column \"c\" of relation \"t\" does not exist        | -column c of t",
        "column \"c\" of relation \"t\" already exists        | +column c of t",
        "column \"c\" named in key does not exist             | -column c",
        "column \"c\" referenced in foreign key constraint does not exist | -column c",
        "column \"zip\" not found in data type app.addr       | -column zip of app.addr",
        "record \"new\" has no field \"n\"                    | -column n",
        "type \"app.mood[]\" does not exist                   | -type app.mood",
        "type mood does not exist                             | -type mood",
        "type \"t\" already exists                            | +type t",
        "constraint \"c\" of relation \"t\" does not exist    | -constraint c of t",
        "constraint \"c\" for relation \"t\" already exists   | +constraint c of t",
        "trigger \"g\" for table \"t\" does not exist         | -trigger g of t",
        "policy \"p\" for table \"t\" already exists          | +policy p of t",
        "rule \"r\" for relation \"t\" does not exist         | -rule r of t",
        "function f(integer, text) does not exist             | -function f",
        "function app.f() does not exist                      | -function app.f",
        "function \"f(int)\" does not exist                   | -function f",
        "could not find a function named \"f\"                | -function f",
        "function \"f\" already exists with same argument types | +function f",
        "schema \"s\" does not exist                          | -schema s",
        "role \"My Role\" does not exist                      | -role My Role",
        "extension \"e\" already exists                       | +extension e",
        "collation \"c\" for encoding \"UTF8\" does not exist | -collation c",
        "operator class \"o\" does not exist for access method \"gin\" | -operator_class o",
        "text search configuration \"c\" does not exist       | -text_search c",
        "event trigger \"e\" does not exist                   | -event_trigger e",
        "foreign-data wrapper \"w\" does not exist            | -foreign_data_wrapper w",
        "enum label \"x\" already exists                      | +enum_label x",
        "invalid input value for enum app.mood: \"so so\"     | -enum_label so so of app.mood",
        "\"x\" is not an existing enum label                  | -enum_label x",
        "there is no unique constraint matching given keys for referenced table \"t\" | -key  of t",
        "there is no primary key for referenced table \"t\"   | -key  of t",
        "multiple primary keys for table \"t\" are not allowed | +key  of t",
        "unrecognized parameter namespace \"timescaledb\"     | -extension timescaledb"
      })
  void saysWhatIsMissingOrThere(String message, String expected) {
    ObjectMessage read = ObjectMessage.of(message).orElseThrow();
    assertEquals(
        expected,
        (read.missing() ? "-" : "+")
            + read.kind().name().toLowerCase(Locale.ROOT)
            + " "
            + read.name()
            + read.parent().map(parent -> " of " + parent).orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "syntax error at or near \"does\"",
        "missing FROM-clause entry for table \"t\"",
        "invalid input syntax for type integer: \"x\"",
        "must be owner of table t",
        "permission denied for schema \"s\"",
        "column \"c\" specified more than once",
        "null value in column \"c\" of relation \"t\" violates not-null constraint",
        "operator does not exist: a = b",
        "\"t\" is not a view",
        "relation \"t\" is not a partition of relation \"p\"",
        "no such thing does not exist"
      })
  void otherSentencesSayNothingOfTheKind(String message) {
    assertEquals(Optional.empty(), ObjectMessage.of(message));
  }
}
