package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * {@code /c/}, {@code /h/} and {@code /f/} of all memberships of a node: a request is answered by
 * the one whose token it shows, any other request with 401.
 */
public final class SwarmRoute implements Route {
  private final List<Swarm> swarms = new CopyOnWriteArrayList<>();
  private final WaitingRoom room = new WaitingRoom();

  /** From now on {@code swarm} answers those who show its token. */
  public void register(Swarm swarm) {
    swarm.route().waitIn(room);
    swarms.add(swarm);
  }

  /** From now on {@code swarm} answers no new request. */
  public void unregister(Swarm swarm) {
    swarms.remove(swarm);
  }

  @Override
  public boolean handle(Exchange exchange) throws IOException {
    String path = exchange.path();
    if (!path.startsWith("/c/") && !path.startsWith("/h/") && !path.startsWith("/f/")) {
      return false;
    }
    // Every token is compared, so that the time taken does not tell which one came close.
    List<Swarm> admitting = swarms.stream().filter(swarm -> swarm.admits(exchange)).toList();
    if (admitting.isEmpty()) {
      exchange.setHeader("WWW-Authenticate", "Bearer");
      exchange.respond(401);
      return true;
    }
    return admitting.getFirst().route().handle(exchange);
  }
}
