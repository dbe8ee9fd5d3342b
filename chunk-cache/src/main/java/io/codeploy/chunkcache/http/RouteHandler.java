package io.codeploy.chunkcache.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Asks the routes of the endpoint that a request came in on, and no others. */
final class RouteHandler extends Handler.Abstract {
  private static final System.Logger LOG = System.getLogger(RouteHandler.class.getName());

  private final Map<Connector, List<Route>> routes;

  RouteHandler(Map<Connector, List<Route>> routes) {
    this.routes = Map.copyOf(routes);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    // The limit is for a peer that does not read or write, not for a route that thinks.
    request.addIdleTimeoutListener(timeout -> false);
    try {
      dispatch(new JettyExchange(request, response));
      callback.succeeded();
    } catch (IOException e) {
      fail(response, callback, e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, request.getMethod() + " " + request.getHttpURI(), e);
      fail(response, callback, e);
    }
    return true;
  }

  private void dispatch(JettyExchange exchange) throws IOException {
    for (Route route : routes.getOrDefault(exchange.connector(), List.of())) {
      if (route.handle(exchange)) {
        return;
      }
    }
    exchange.respond(404);
  }

  private static void fail(Response response, Callback callback, Exception cause) {
    if (response.isCommitted()) {
      // Ends the connection, so that the client sees that the body is not complete.
      callback.failed(cause);
      return;
    }
    response.reset();
    response.setStatus(status(cause));
    callback.succeeded();
  }

  /** A body without a length turns out to be too large only while it is read. */
  private static int status(Exception cause) {
    Throwable reason = cause instanceof HttpException ? cause : cause.getCause();
    return reason instanceof HttpException refused ? refused.getCode() : 500;
  }
}
