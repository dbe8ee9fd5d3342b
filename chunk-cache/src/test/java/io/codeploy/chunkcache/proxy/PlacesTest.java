package io.codeploy.chunkcache.proxy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PlacesTest {
  private final Places places = new Places();

  @Test
  void areForOtherOriginsWhereOneHoldsAllOfItsOwn() throws Exception {
    assertTrue(takes("a", Places.OF_ONE));

    assertFalse(places.take("a", Duration.ZERO));
    assertTrue(places.take("b", Duration.ZERO));
  }

  @Test
  void areNoMoreThanThereAreInAll() throws Exception {
    for (int origin = 0; origin < Places.IN_ALL / Places.OF_ONE; origin++) {
      assertTrue(takes("origin" + origin, Places.OF_ONE));
    }

    assertFalse(places.take("another", Duration.ofMillis(1)));
    places.giveBack("origin0");
    assertTrue(places.take("another", Duration.ZERO));
  }

  @Test
  void areWaitedFor() throws Exception {
    assertTrue(takes("a", Places.OF_ONE));
    FutureTask<Boolean> waiting = new FutureTask<>(() -> places.take("a", Duration.ofHours(1)));
    Thread.ofVirtual().start(waiting);

    places.giveBack("a");

    assertTrue(waiting.get());
    assertFalse(places.take("a", Duration.ZERO));
  }

  private boolean takes(String origin, int count) throws InterruptedException {
    boolean all = true;
    for (int i = 0; i < count; i++) {
      all &= places.take(origin, Duration.ZERO);
    }
    return all;
  }
}
