package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.warm.Lease;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A lease, whose visit it belongs to, and what goes on over it. */
record Leased(long number, Visit visit, Lease lease, Set<Work> works) {
  Leased(long number, Visit visit, Lease lease) {
    this(number, visit, lease, ConcurrentHashMap.newKeySet());
  }

  /** Ends it. What goes on is told so first; then the connection is of no further use. */
  void drop() {
    works.forEach(
        work -> {
          if (!work.leave()) {
            lease.forget();
          }
        });
    lease.close();
  }
}
