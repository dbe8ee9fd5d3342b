package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.warm.wire.Wishes;
import java.io.IOException;

/** Makes what a visit connects with. */
@FunctionalInterface
public interface VisitConnectors {
  /**
   * A connector that reads keys, known hosts and configuration anew.
   *
   * @throws IOException if one of these cannot be used; one line for people
   */
  Connector open(Wishes wishes, Person person) throws IOException;
}
