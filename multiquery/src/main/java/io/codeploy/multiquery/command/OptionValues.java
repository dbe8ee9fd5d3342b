package io.codeploy.multiquery.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/**
 * Values by the name of an option, {@code --<name>}, or of its twin in the environment, {@code
 * MQ_<NAME>}; the command line wins.
 */
public final class OptionValues {
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smh]?)");

  private final Function<String, List<String>> typed;
  private final Function<String, Optional<String>> variables;

  private OptionValues(
      Function<String, List<String>> typed, Function<String, Optional<String>> variables) {
    this.typed = typed;
    this.variables = variables;
  }

  /** Those of a parsed command line and of the environment around it. */
  public static OptionValues of(ParseResult parsed, Surroundings surroundings) {
    return new OptionValues(
        name -> typed(parsed, "--" + name), name -> surroundings.variable(variable(name)));
  }

  private static List<String> typed(ParseResult parsed, String option) {
    if (!parsed.hasMatchedOption(option)) {
      return List.of();
    }
    Object value = parsed.matchedOption(option).getValue();
    return value instanceof List<?> several
        ? several.stream().map(String::valueOf).toList()
        : Stream.ofNullable(value).map(String::valueOf).toList();
  }

  /** The text, if there is one; the last one of an option that may be repeated. */
  public Optional<String> text(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** All texts of an option that may be repeated; its variable holds one. */
  public List<String> all(String name) {
    List<String> texts = typed.apply(name);
    return texts.isEmpty() ? variables.apply(name).stream().toList() : texts;
  }

  /** Those on the command line alone. */
  public OptionValues typed() {
    return new OptionValues(typed, name -> Optional.empty());
  }

  /** Those in the environment alone. */
  public OptionValues inEnvironment() {
    return new OptionValues(name -> List.of(), variables);
  }

  /** Seconds, with a fraction if need be; {@code .5} and {@code 5.} as the original read them. */
  public Optional<Duration> seconds(String name) throws UsageException {
    Optional<String> text = text(name);
    if (text.isPresent() && !text.get().matches("\\d{1,7}(\\.\\d{0,9})?|\\.\\d{1,9}")) {
      throw wrong(name, "seconds", text.get());
    }
    return text.map(Double::parseDouble).map(s -> Duration.ofNanos(Math.round(s * 1e9)));
  }

  /** Such as 90s, 10m or 2h; a plain number is seconds. {@code wanted} tells so in a complaint. */
  public Optional<Duration> time(String name, String wanted) throws UsageException {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher time = TIME.matcher(text.get());
    if (!time.matches()) {
      throw wrong(name, wanted, text.get());
    }
    long number = Long.parseLong(time.group(1));
    return Optional.of(
        switch (time.group(2)) {
          case "h" -> Duration.ofHours(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofSeconds(number);
        });
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

  /** A {@link DirectoryOnNodes}. */
  public String onNodes(String name, String otherwise) throws UsageException {
    return DirectoryOnNodes.path("--" + name, text(name).orElse(otherwise));
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
  public UsageException wrong(String name, String wanted, String text) {
    return new UsageException(
        "--%s or %s has to be %s, not \"%s\"".formatted(name, variable(name), wanted, text));
  }

  private static String variable(String name) {
    return "MQ_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
