package io.codeploy.multiquery.select;

import java.util.Optional;

/** How two operands become one set of nodes, in the order of first mention. */
enum Operator {
  UNION,
  DIFFERENCE,
  INTERSECTION,
  /** What is in one of both. */
  EITHER;

  /** The one of its sign; a union has none. */
  static Optional<Operator> of(char sign) {
    return switch (sign) {
      case '!' -> Optional.of(DIFFERENCE);
      case '&' -> Optional.of(INTERSECTION);
      case '^' -> Optional.of(EITHER);
      default -> Optional.empty();
    };
  }
}
