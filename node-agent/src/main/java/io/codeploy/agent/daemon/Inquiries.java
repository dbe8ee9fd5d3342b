package io.codeploy.agent.daemon;

import io.codeploy.agent.control.AgentStatus;
import io.codeploy.agent.control.ControlCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What a controller asks that changes nothing; bodies as the page {@code agent-control.md} has. */
final class Inquiries {
  private final Supplier<AgentStatus> status;
  private final NearCheck near;

  Inquiries(Supplier<AgentStatus> status, LongSupplier nanoClock) {
    this.status = status;
    this.near = new NearCheck(nanoClock);
  }

  byte[] status() {
    return ControlCodec.encode(status.get());
  }

  /** Whether a URL answers. */
  static byte[] reach(InputStream body) throws IOException {
    return ControlCodec.encode(ReachCheck.check(ControlCodec.decodeReachRequest(body)));
  }

  /** How far members are. */
  byte[] near(InputStream body) throws IOException, InterruptedException {
    return ControlCodec.encode(near.check(ControlCodec.decodeNearRequest(body)));
  }
}
