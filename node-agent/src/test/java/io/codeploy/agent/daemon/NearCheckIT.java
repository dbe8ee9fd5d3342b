package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.agent.control.NearAnswer;
import io.codeploy.agent.control.NearRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NearCheckIT {
  private static final long TICK_NANOS = 500_000;

  private final AtomicLong nanos = new AtomicLong();
  private final NearCheck check = new NearCheck(() -> nanos.getAndAdd(TICK_NANOS));

  @Test
  void tellsHowLongAConnectionTakes() throws Exception {
    try (ServerSocket server = listening()) {
      assertEquals(
          new NearAnswer(List.of(new NearAnswer.Trip(0, TICK_NANOS / 1000))),
          check.check(new NearRequest(List.of(address(server.getLocalPort())))));
    }
  }

  @Test
  void leavesOutWhoDoesNotAnswer() throws Exception {
    try (ServerSocket server = listening()) {
      int deaf;
      // Beside the other, which so has another port.
      try (ServerSocket gone = listening()) {
        deaf = gone.getLocalPort();
      }
      NearRequest request = new NearRequest(List.of(address(deaf), address(server.getLocalPort())));

      assertEquals(
          List.of(1), check.check(request).trips().stream().map(NearAnswer.Trip::index).toList());
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static NearRequest.Address address(int port) {
    return new NearRequest.Address("127.0.0.1", port);
  }
}
