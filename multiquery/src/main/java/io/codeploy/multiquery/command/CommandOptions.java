package io.codeploy.multiquery.command;

import io.codeploy.multiquery.shell.BroadcastInput;
import io.codeploy.multiquery.shell.Password;
import io.codeploy.multiquery.shell.RemoteCommand;
import io.codeploy.multiquery.shell.Sudo;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options that say how the command gets to the nodes.
 *
 * @param input MQ_INPUT=1, whether it gets our standard input
 * @param sudo MQ_SUDO=1
 */
record CommandOptions(RemoteCommand.Form form, boolean input, boolean sudo) {
  static void addTo(CommandSpec spec) {
    spec.addOption(
        Options.flag(
            "all nodes get standard input, which is read to its end first", "-I", "--input"));
    spec.addOption(
        Options.flag(
            "replace %%h by the node's name, %%u by the login, %%n by the rank from 0, %%N by the"
                + " count, %%%% by %%",
            "--expand"));
    spec.addOption(Options.flag("run it as root; asks for the password once", "--sudo"));
    spec.addOption(
        Options.flag(
            "send the command alone: no MQ_HOST, MQ_RANK, MQ_COUNT, and what it started goes on"
                + " when this end goes away",
            "--plain"));
  }

  static CommandOptions of(OptionValues options) throws UsageException {
    boolean plain = options.flag("plain");
    if (plain && options.flag("sudo")) {
      throw new UsageException("--plain and --sudo do not go together; give one of them");
    }
    if (plain && options.flag("expand")) {
      throw new UsageException("--plain and --expand do not go together; give one of them");
    }
    RemoteCommand.Form form =
        plain
            ? RemoteCommand.Form.PLAIN
            : options.flag("expand") ? RemoteCommand.Form.EXPANDED : RemoteCommand.Form.WATCHED;
    return new CommandOptions(form, options.flag("input"), options.flag("sudo"));
  }

  /**
   * The command as it is sent. Asks for the password and reads standard input where they are
   * wanted; the caller closes it.
   */
  RemoteCommand complete(String text, Surroundings surroundings, Operator.Secrets secrets)
      throws IOException {
    Optional<Sudo> asRoot =
        sudo ? Optional.of(Sudo.of(password(secrets), surroundings.random())) : Optional.empty();
    Optional<BroadcastInput> broadcast =
        input
            ? Optional.of(BroadcastInput.read(surroundings.in(), surroundings.temporary()))
            : Optional.empty();
    return new RemoteCommand(text, form, broadcast, asRoot);
  }

  private static Optional<Password> password(Operator.Secrets secrets) throws IOException {
    Optional<char[]> typed =
        secrets.ask("password for sudo on the nodes (empty if it wants none): ");
    Optional<Password> password = typed.filter(text -> text.length > 0).map(Password::new);
    typed.ifPresent(text -> Arrays.fill(text, '\0'));
    return password;
  }
}
