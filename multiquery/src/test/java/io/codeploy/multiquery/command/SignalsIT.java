package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsIT {
  @ParameterizedTest
  @ValueSource(strings = {"USR1", "USR2"})
  void aSignalOfTheProcessCallsItsHandler(String name) throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    Signals.on(name, called::countDown);

    String self = Long.toString(ProcessHandle.current().pid());
    int status = new ProcessBuilder("kill", "-" + name, self).inheritIO().start().waitFor();

    assertEquals(0, status);
    called.await();
  }
}
