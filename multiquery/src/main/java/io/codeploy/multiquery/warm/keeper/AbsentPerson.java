package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.warm.wire.Content;
import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/** The person at the client's terminal. */
final class AbsentPerson implements Person {
  private final Wire wire;

  /** Held over a whole question: an answer belongs to the one that was asked last. */
  private final ReentrantLock asking = new ReentrantLock();

  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  AbsentPerson(Wire wire) {
    this.wire = wire;
  }

  @Override
  public Optional<char[]> secret(String question) {
    asking.lock();
    try {
      wire.send(text(FrameType.ASK, question));
      return answers.take().map(String::toCharArray);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      asking.unlock();
    }
  }

  /** The answer came, or, empty, will not come. */
  void answered(Optional<String> answer) {
    answers.add(answer);
  }

  @Override
  public void tell(String notice) {
    try {
      wire.send(text(FrameType.TELL, notice));
    } catch (IOException e) {
      // Nobody is there to hear it.
    }
  }

  private static Frame text(FrameType type, String text) {
    return new Content().text(text).as(type);
  }
}
