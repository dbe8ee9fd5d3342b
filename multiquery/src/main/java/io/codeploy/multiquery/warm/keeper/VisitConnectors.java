package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.ssh.config.Person;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Makes what a visit connects with. */
@FunctionalInterface
public interface VisitConnectors {
  /**
   * What a client wants.
   *
   * @param slice login where a node names none
   * @param command the program to connect with, instead of our own client
   * @param keep how long its connections are to be kept
   */
  record Wishes(Optional<String> slice, Optional<String> command, Duration keep) {}

  /**
   * A connector that reads keys, known hosts and configuration anew.
   *
   * @throws IOException if one of these cannot be used; one line for people
   */
  Connector open(Wishes wishes, Person person) throws IOException;
}
