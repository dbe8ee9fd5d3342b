package io.codeploy.multiquery.command;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/**
 * Values by the name of an option, {@code --<name>}, or of its twin in the environment, {@code
 * MQ_<NAME>}; the command line wins.
 */
public final class OptionValues {
  private final Function<String, Optional<String>> values;

  private OptionValues(Function<String, Optional<String>> values) {
    this.values = values;
  }

  /** Those of a parsed command line and of the environment around it. */
  public static OptionValues of(ParseResult parsed, Surroundings surroundings) {
    return new OptionValues(
        name -> {
          String option = "--" + name;
          if (parsed.hasMatchedOption(option)) {
            return Optional.ofNullable(parsed.matchedOption(option).getValue())
                .map(String::valueOf);
          }
          return surroundings.variable(variable(name));
        });
  }

  /** These, but for one that has {@code value} in any case. */
  public OptionValues with(String name, String value) {
    return new OptionValues(asked -> asked.equals(name) ? Optional.of(value) : values.apply(asked));
  }

  /** The text, if there is one. */
  public Optional<String> text(String name) {
    return values.apply(name);
  }

  /** Seconds, with a fraction if need be. */
  public Optional<Duration> seconds(String name) throws UsageException {
    Optional<String> text = text(name);
    if (text.isPresent() && !text.get().matches("\\d{1,7}(\\.\\d{1,9})?")) {
      throw wrong(name, "seconds", text.get());
    }
    return text.map(Double::parseDouble).map(s -> Duration.ofNanos(Math.round(s * 1e9)));
  }

  /** A whole number of at least 1. */
  public OptionalInt count(String name) throws UsageException {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("0*[1-9]\\d{0,6}")) {
      throw wrong(name, "a number of at least 1", text.get());
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }

  /** Whether the option is given; its variable is 1 or 0. */
  public boolean flag(String name) throws UsageException {
    return switch (text(name).orElse("0")) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      case String other -> throw wrong(name, "1 or 0", other);
    };
  }

  /** The complaint that the option has to be {@code wanted} and is {@code text}. */
  UsageException wrong(String name, String wanted, String text) {
    return new UsageException(
        "--%s or %s has to be %s, not \"%s\"".formatted(name, variable(name), wanted, text));
  }

  private static String variable(String name) {
    return "MQ_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
