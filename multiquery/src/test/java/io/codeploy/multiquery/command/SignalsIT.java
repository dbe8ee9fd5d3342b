package io.codeploy.multiquery.command;

import io.codeploy.fixtures.process.Kill;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsIT {
  @ParameterizedTest
  @ValueSource(strings = {"USR1", "USR2"})
  void aSignalOfTheProcessCallsItsHandler(String name) throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    Signals.on(name, called::countDown);

    Kill.send(name, ProcessHandle.current().pid());

    called.await();
  }
}
