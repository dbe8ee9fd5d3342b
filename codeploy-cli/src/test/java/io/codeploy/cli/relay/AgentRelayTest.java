package io.codeploy.cli.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentRelayTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no space left on the node's disk; free some and deploy again | no space left on the node's disk
          /x changes while it is read; run codeploy again when it rests, or --exclude it | /x changes while it is read
          f: is there; remove it on the node or deploy again | f: is there
          lost the agent: gone; see agent.log on the node | lost the agent: gone; see agent.log on the node
          deploy again: missing | deploy again: missing
          """)
  void tellsAReasonWithoutTheAdviceToDeployAgain(String reason, String told) {
    assertEquals(told, AgentRelay.because(reason, new IOException(reason)).reason());
  }
}
