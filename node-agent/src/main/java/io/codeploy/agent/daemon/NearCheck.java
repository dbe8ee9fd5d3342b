package io.codeploy.agent.daemon;

import io.codeploy.agent.control.NearAnswer;
import io.codeploy.agent.control.NearRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How far other members are from here, by the time in which TCP connects to them. */
final class NearCheck {
  private static final int TRIES = 3;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

  private final LongSupplier nanoClock;

  NearCheck(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * The shortest of three trips to each, since whatever comes between makes one longer. Blocks for
   * three seconds at most.
   */
  NearAnswer check(NearRequest request) throws InterruptedException {
    List<Future<OptionalLong>> shortest;
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("agent-near-", 0).factory())) {
      shortest =
          threads.invokeAll(
              request.members().stream()
                  .map(member -> (Callable<OptionalLong>) () -> to(member))
                  .toList());
    }
    List<NearAnswer.Trip> trips = new ArrayList<>();
    for (int i = 0; i < shortest.size(); i++) {
      int index = i;
      nanos(shortest.get(i))
          .ifPresent(
              nanos -> trips.add(new NearAnswer.Trip(index, TimeUnit.NANOSECONDS.toMicros(nanos))));
    }
    return new NearAnswer(trips);
  }

  private OptionalLong to(NearRequest.Address member) {
    InetSocketAddress address = new InetSocketAddress(member.host(), member.port());
    OptionalLong shortest = OptionalLong.empty();
    for (int i = 0; i < TRIES; i++) {
      try (Socket socket = new Socket()) {
        long start = nanoClock.getAsLong();
        socket.connect(address, (int) CONNECT_LIMIT.toMillis());
        long nanos = nanoClock.getAsLong() - start;
        shortest = OptionalLong.of(Math.min(shortest.orElse(nanos), nanos));
      } catch (IOException e) {
        // Who does not answer is not near.
        return OptionalLong.empty();
      }
    }
    return shortest;
  }

  private static OptionalLong nanos(Future<OptionalLong> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
