package io.codeploy.multiquery.output;

import io.codeploy.multiquery.query.Delivery;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The end of a chain of stages where nothing else is: shows nothing, closes answers. */
public final class Discard implements QueryListener {
  @Override
  public Delivery delivery() {
    return Delivery.LIVE;
  }

  @Override
  public void answered(NodeAnswer answer) {
    try {
      answer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
