package io.codeploy.multiquery.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options that all commands of the house have, and ways to make more of them. */
public final class Options {
  private Options() {}

  /** Adds {@code --nodes}, {@code --slice}, …, {@code --help} and {@code --version}. */
  public static void addTo(CommandSpec spec) {
    NodeOptions.addTo(spec);
    SshOptions.addTo(spec);
    LimitOptions.addTo(spec);
    PaceOptions.addTo(spec);
    spec.addOption(flag("results in the order of the list (MQ_ORDER=1)", "--order"));
    spec.addOption(help("tell this and exit", "-h", "--help").usageHelp(true).build());
    spec.addOption(help("tell the version and exit", "--version").versionHelp(true).build());
    spec.usageMessage().footerHeading("%nExit status, the highest that applies:%n");
    List<String> table = ExitCode.table();
    spec.usageMessage().footer(table.toArray(String[]::new));
  }

  /** Any number of words after the options. */
  public static PositionalParamSpec words(String label, String... description) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(description)
        .hidden(description.length == 0)
        .build();
  }

  /** An option with a value. */
  public static OptionSpec text(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option with a value that may be repeated. */
  public static OptionSpec.Builder texts(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description);
  }

  /** An option without a value. */
  public static OptionSpec flag(String description, String... names) {
    return help(description, names).build();
  }

  private static OptionSpec.Builder help(String description, String... names) {
    return OptionSpec.builder(names).type(boolean.class).arity("0").description(description);
  }
}
