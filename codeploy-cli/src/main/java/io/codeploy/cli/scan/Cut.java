package io.codeploy.cli.scan;

/** How far content was made into chunks. */
enum Cut {
  /** Its digest is known and nothing else. */
  NOT_CUT,
  /** Its chunks are known as they are; whether they compress is not. */
  PLAIN,
  /** Its chunks are known, compressed where that pays. */
  ENCODED;

  /** Whether content that was made so can be delivered so. */
  boolean serves(Delivery delivery) {
    return switch (delivery) {
      case CHUNKS -> this == ENCODED;
      case WEB -> this != NOT_CUT;
      case ARCHIVE -> true;
    };
  }
}
