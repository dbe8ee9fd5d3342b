package io.codeploy.chunkcache.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyHeadTest {
  @Test
  void readsStatusLengthAndFields() throws Exception {
    ReplyHead head =
        ReplyHead.parse("HTTP/1.1 200 OK\r\nCodeploy-Have: 1 2 idle \r\nContent-length:\t17\r\nX:");

    assertEquals(200, head.status());
    assertEquals(17, head.length());
    assertTrue(head.fields().keepAlive());
    assertEquals(Optional.of("1 2 idle"), head.fields().get("codeploy-have"));
    assertEquals(Optional.of(""), head.fields().get("X"));
    assertEquals(Optional.empty(), head.fields().get("Y"));
  }

  @Test
  void takesNoFurtherRequestWhereItIsToldThatTheConnectionEnds() throws Exception {
    assertFalse(
        ReplyHead.parse("HTTP/1.1 404 \r\nConnection: close\r\nContent-Length: 0")
            .fields()
            .keepAlive());
    assertTrue(
        ReplyHead.parse("HTTP/1.1 404\r\nConnection: Keep-Alive\r\nContent-Length: 0")
            .fields()
            .keepAlive());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH_9.2",
        "HTTP/1.0 200 OK\r\nContent-Length: 1",
        "HTTP/1.1 100 Continue\r\nContent-Length: 0",
        "HTTP/1.1 20 OK\r\nContent-Length: 1",
        "HTTP/1.1 2000 OK\r\nContent-Length: 1",
        "HTTP/1.1 200 O\nK\r\nContent-Length: 1",
        "http/1.1 200 OK\r\nContent-Length: 1",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK\r\nContent-Length: ",
        "HTTP/1.1 200 OK\r\nContent-Length: -1",
        "HTTP/1.1 200 OK\r\nContent-Length: +1",
        "HTTP/1.1 200 OK\r\nContent-Length: 1, 1",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x10",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\ncontent-length: 1",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n folded",
        "HTTP/1.1 200 OK\r\nContent-Length : 1",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nno field",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n: nameless",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX: a\nY: b",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX: a\0b",
      })
  void refusesWhatIsNoHeadOrCouldBeReadInTwoWays(String text) {
    assertThrows(ProtocolException.class, () -> ReplyHead.parse(text));
  }
}
