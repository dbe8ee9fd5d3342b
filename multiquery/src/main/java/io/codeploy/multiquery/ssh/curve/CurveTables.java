package io.codeploy.multiquery.ssh.curve;

import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** What all keys of the curve need and the first to come would wait for. */
public final class CurveTables {
  private CurveTables() {}

  /** Makes it. No class of the SSH library is touched. */
  public static void prepare() {
    Ed25519.precompute();
    X25519.precompute();
    // The first one gets the JDK's logging ready.
    new SHA512Digest().reset();
  }
}
