package io.codeploy.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentStateCodecTest {
  private static final AgentState STATE =
      new AgentState(
          4711,
          "0.1.0",
          40_001,
          "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
          "192.0.2.7",
          40_002);

  private static final String TEXT =
      """
      pid=4711
      version=0.1.0
      controlPort=40001
      token=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
      peerHost=192.0.2.7
      peerPort=40002
      """;

  @Test
  void writesTheTextOfTheFormatPage() {
    assertEquals(TEXT, AgentStateCodec.encode(STATE));
  }

  @Test
  void readsTheTextOfTheFormatPage() throws MalformedMessageException {
    assertEquals(STATE, AgentStateCodec.decode(TEXT));
    assertEquals(STATE, AgentStateCodec.decode("later=x\nnonsense\n" + TEXT));
  }

  @Test
  void refusesATextThatLacksALineOrIsCutInOne() {
    for (int length = 0; length < TEXT.indexOf("peerPort=") + 9; length++) {
      String cut = TEXT.substring(0, length);
      assertThrows(MalformedMessageException.class, () -> AgentStateCodec.decode(cut));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "65536", "4x", "99999999999", " 1", "0x10"})
  void refusesAPortThatIsNone(String port) {
    String text = TEXT.replace("40001", port);

    assertThrows(MalformedMessageException.class, () -> AgentStateCodec.decode(text));
  }
}
