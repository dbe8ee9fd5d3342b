package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.warm.wire.Frame;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.ProtocolException;
import java.io.IOException;

/** Something that goes on over a lease for a client. */
interface Work {
  /** Takes what the client sends for it. */
  void take(Frame frame) throws IOException;

  /** The client is gone, or wants no more of it. False if it had not come to its end. */
  boolean leave();

  /** Work that is done when it begins. */
  static Work done() {
    return new Work() {
      @Override
      public void take(Frame frame) throws IOException {
        throw unexpected(frame.type());
      }

      @Override
      public boolean leave() {
        return true;
      }
    };
  }

  /** For a frame that has no business here. */
  static ProtocolException unexpected(FrameType type) {
    return new ProtocolException("an unexpected " + type);
  }
}
