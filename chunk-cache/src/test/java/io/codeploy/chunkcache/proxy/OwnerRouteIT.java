package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.store.ChunkStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner does for members that are slow. */
class OwnerRouteIT {
  private static final int MANY = 12;

  private final CountDownLatch begun = new CountDownLatch(MANY);
  private final CountDownLatch end = new CountDownLatch(1);
  @TempDir private Path temp;

  @Test
  void answersOthersWhileMembersTakeNothing() throws Exception {
    byte[] content = new byte[1000];
    try (ScriptedOrigin origin =
        new ScriptedOrigin(ScriptedOrigin.file(content, "\"v1\"", "Cache-Control: max-age=3600"))) {
      String host = "127.0.0.1:" + origin.port();
      RangeCache cache = new RangeCache(ChunkStore.open(temp, 1 << 20));
      OwnerRoute route =
          new OwnerRoute(
              new Door(AllowList.parse(host), List.of()), new OwnFetches(cache, System::nanoTime));
      List<FutureTask<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        SlowMember member = new SlowMember("/" + host + "/x");
        answers.add(
            new FutureTask<>(
                () -> {
                  route.handle(member);
                  return member.status;
                }));
        // One after the other, so that none is sent away while others only wait for the origin.
        Thread.ofVirtual().start(answers.getLast());
        member.answered.await();
      }

      begun.await();
      end.countDown();

      for (FutureTask<Integer> answer : answers) {
        assertEquals(200, answer.get());
      }
    }
  }

  /** Asks for a file, and does not take the answer before the end. */
  private final class SlowMember implements Exchange {
    private final CountDownLatch answered = new CountDownLatch(1);
    private final String target;
    private int status;

    SlowMember(String target) {
      this.target = target;
    }

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String path() {
      return "/p/about";
    }

    @Override
    public String uri() {
      return "http://127.0.0.1/p/about";
    }

    @Override
    public Optional<String> query(String name) {
      return name.equals("target") ? Optional.of(Words.encode(target)) : Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public InputStream body() {
      return InputStream.nullInputStream();
    }

    @Override
    public void setHeader(String name, String value) {}

    @Override
    public void respond(int code) throws IOException {
      status = code;
      begun.countDown();
      answered.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the test ends");
      }
    }

    @Override
    public void respond(int code, ByteBuffer body) throws IOException {
      respond(code);
    }

    @Override
    public OutputStream stream(int code) {
      return OutputStream.nullOutputStream();
    }
  }
}
