package io.codeploy.multiquery.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StandardStreamsTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicInteger failures = new AtomicInteger();

  private StandardStreams streams(OutputStream out) {
    return new StandardStreams("multiquery", out, err, UTF_8, failures::incrementAndGet);
  }

  private static OutputStream broken(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }

  private static void print(StandardStreams streams) {
    streams.out().println("result");
    streams.out().flush();
    streams.out().println("another");
    streams.out().flush();
    streams.err().println("summary");
  }

  @Test
  void passesResultsAndTheRestOn() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StandardStreams streams = streams(out);
    print(streams);
    assertEquals(ExitCode.REMOTE, streams.end(ExitCode.REMOTE));
    assertEquals("result\nanother\n", out.toString(UTF_8));
    assertEquals("summary\n", err.toString(UTF_8));
    assertEquals(0, failures.get());
  }

  @Test
  void endsQuietlyWhenNobodyReads() {
    StandardStreams streams = streams(broken("Broken pipe"));
    print(streams);
    assertEquals(141, streams.end(ExitCode.INTERRUPTED).status());
    assertEquals("", err.toString(UTF_8));
    assertEquals(1, failures.get());
  }

  @Test
  void tellsWhyResultsCannotBeWritten() {
    StandardStreams streams = streams(broken("No space left on device"));
    print(streams);
    assertEquals(ExitCode.USAGE, streams.end(ExitCode.OK));
    assertEquals(
        "summary\nmultiquery: standard output: No space left on device\n", err.toString(UTF_8));
    assertEquals(1, failures.get());
  }

  @Test
  void aRunThatEndsBecauseItsResultsCannotBeWrittenIsNotInterrupted() {
    StandardStreams streams = streams(broken("No space left on device"));
    print(streams);
    assertEquals(ExitCode.USAGE, streams.end(ExitCode.INTERRUPTED));
  }

  @Test
  void whatBefellNodesCountsMoreThanThatItCannotBeWritten() {
    StandardStreams streams = streams(broken("No space left on device"));
    print(streams);
    assertEquals(ExitCode.REMOTE, streams.end(ExitCode.REMOTE));
  }
}
