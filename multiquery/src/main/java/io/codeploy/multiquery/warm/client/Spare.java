package io.codeploy.multiquery.warm.client;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.warm.ConnectorOnDemand;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What connects where the keeper does not; made when it is needed. */
final class Spare implements AutoCloseable {
  private final Person person;
  private final ConnectorOnDemand connector;
  private final AtomicBoolean used = new AtomicBoolean();

  Spare(ConnectorOnDemand.Source source, Person person) {
    this.person = person;
    this.connector = new ConnectorOnDemand(source);
  }

  boolean isUsed() {
    return used.get();
  }

  /** From now on it is used; told once. */
  void use(IOException why) {
    if (used.compareAndSet(false, true)) {
      person.tell("connecting without kept sessions: " + Causes.text(why));
    }
  }

  Connector connector() {
    return connector;
  }

  @Override
  public void close() {
    connector.close();
  }
}
