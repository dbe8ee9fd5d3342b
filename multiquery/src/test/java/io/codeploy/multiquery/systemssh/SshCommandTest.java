package io.codeploy.multiquery.systemssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshCommandTest {
  @Test
  void takesALineApartAsAShellDoes() throws IOException {
    assertEquals(
        List.of("/opt/my ssh", "-F", "a b", "-o", "X=it's", "", "\\n", "a b"),
        SshCommand.parse("  \"/opt/my ssh\" -F 'a b'\t-o X=it\\'s '' '\\n' a\\ b ").words());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "ssh -o 'X", "ssh \"", "'"})
  void refusesWhatHasNoProgramOrNoEnd(String text) {
    IOException refused = assertThrows(IOException.class, () -> SshCommand.parse(text));

    assertEquals(
        "--ssh-command or MQ_SSH_COMMAND has to be a command line such as"
            + " ssh -o GSSAPIAuthentication=yes, not \""
            + text
            + "\"",
        refused.getMessage());
  }
}
