package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.proxy.RawHttp.Answer;
import io.codeploy.chunkcache.proxy.ScriptedOrigin.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of downloads when the next deployment replaces the proxy. */
@Timeout(300)
class RenewalIT {
  private static final int MIB = RangePlan.RANGE_BYTES;

  private final byte[] content = new byte[16 * MIB];
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch renewed = new CountDownLatch(1);
  @TempDir private Path temp;

  @Test
  void lettingThemGoOnCostsTheOriginNothing() throws Exception {
    new Random(5).nextBytes(content);
    Function<String, Reply> file =
        ScriptedOrigin.file(content, "\"v1\"", "Cache-Control: max-age=3600");
    try (ScriptedOrigin origin = new ScriptedOrigin(request -> afterRenewal(file, request));
        ProxyRig rig = new ProxyRig(temp, 3, "127.0.0.1:" + origin.port())) {
      String path = "/127.0.0.1:" + origin.port() + "/big";
      List<FutureTask<Answer>> clients = new ArrayList<>();
      for (int member = 0; member < 2; member++) {
        int port = rig.port(member);
        clients.add(new FutureTask<>(() -> RawHttp.get(port, path)));
        Thread.ofVirtual().start(clients.getLast());
      }
      begun.await();
      rig.renew();
      renewed.countDown();

      for (FutureTask<Answer> client : clients) {
        assertEquals(200, client.get().status());
        assertArrayEquals(content, client.get().body());
      }
      assertTrue(origin.bodyBytes() < 1.3 * content.length, origin.bodyBytes() + " bytes");
    }
  }

  @Test
  void endsForMembersAnHourLater() throws Exception {
    try (ScriptedOrigin origin = new ScriptedOrigin(ScriptedOrigin.file(content, "\"v1\""));
        ProxyRig rig = new ProxyRig(temp, 1, "127.0.0.1:" + origin.port())) {
      String question = "/p/about?target=" + Words.encode("/127.0.0.1:" + origin.port() + "/big");
      int port = rig.memberPort(0);
      String old = rig.authorization();
      rig.renew();

      rig.skip(Duration.ofMinutes(50));
      assertEquals(200, RawHttp.get(port, question, old).status());
      rig.skip(Duration.ofMinutes(10));
      assertEquals(401, RawHttp.get(port, question, old).status());
      assertEquals(200, RawHttp.get(port, question, rig.authorization()).status());
    }
  }

  /** Anything but the first range comes once there is another proxy. */
  private Reply afterRenewal(Function<String, Reply> file, String request) {
    if (!request.contains("bytes=0-")) {
      begun.countDown();
      try {
        renewed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return file.apply(request);
  }
}
