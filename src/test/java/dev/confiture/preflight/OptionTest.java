package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of options is whole and without contradiction. */
final class OptionTest {

  static List<Option<?>> options() {
    List<Option<?>> all = new ArrayList<>();
    Option.GROUPS.forEach(group -> all.addAll(group.options()));
    return all;
  }

  @Test
  void everyOptionIsInOneGroup() {
    List<Object> declared =
        Stream.of(Option.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .map(
                field -> {
                  try {
                    return field.get(null);
                  } catch (IllegalAccessException impossible) {
                    throw new IllegalStateException(impossible);
                  }
                })
            .filter(Option.class::isInstance)
            .toList();
    assertEquals(new HashSet<>(declared), new HashSet<>(options()));
    assertEquals(declared.size(), options().size());
  }

  @Test
  void noNameIsUsedTwice() {
    Set<String> names = new HashSet<>();
    for (Option<?> option : options()) {
      option.names().forEach(name -> assertTrue(names.add(name), name));
      assertTrue(option.input().isEmpty() || names.add(option.input()), option.input());
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void anOptionHasAnEdgeAndADefaultThatCanBeRead(Option<?> option) {
    assertFalse(option.names().isEmpty() && option.input().isEmpty(), option.meaning());
    if (!option.fallback().isEmpty()) {
      assertEquals(option.defaultValue(), option.parse(option.fallback()));
    }
    assertEquals(
        option.isFlag() || option.names().isEmpty(), option.label().isEmpty(), option.meaning());
  }
}
