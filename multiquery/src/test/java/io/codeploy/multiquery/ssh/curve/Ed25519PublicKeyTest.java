package io.codeploy.multiquery.ssh.curve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSAUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519PublicKeyTest {
  @Test
  void isTheJdksKeyOfTheSameBytes() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    for (int i = 0; i < 50; i++) {
      KeyPair pair = generator.generateKeyPair();
      EdECPublicKey theirs = (EdECPublicKey) pair.getPublic();
      EdECPublicKey ours = Ed25519PublicKey.of(EdDSAUtils.getBytes(pair.getPublic()));
      byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();

      assertArrayEquals(theirs.getEncoded(), ours.getEncoded());
      assertEquals(theirs.getAlgorithm(), ours.getAlgorithm());
      assertEquals(theirs.getFormat(), ours.getFormat());
      assertEquals(theirs.getPoint().isXOdd(), ours.getPoint().isXOdd());
      assertEquals(theirs.getPoint().getY(), ours.getPoint().getY());
      assertEquals(theirs.getParams().getName(), ours.getParams().getName());
      assertEquals(ours, theirs);
      assertEquals(theirs, ours);
      assertEquals(theirs.hashCode(), ours.hashCode());
      assertEquals(ours, Ed25519PublicKey.ofSeed(seed));
    }
  }

  @Test
  void isNotEqualToAnotherKey() throws Exception {
    Ed25519PublicKey one = Ed25519PublicKey.ofSeed(new byte[32]);
    byte[] seed = new byte[32];
    seed[0] = 1;

    assertNotEquals(one, Ed25519PublicKey.ofSeed(seed));
    assertFalse(one.equals("a key"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 57})
  void has32Bytes(int length) {
    assertThrows(InvalidKeyException.class, () -> Ed25519PublicKey.of(new byte[length]));
    assertThrows(InvalidKeyException.class, () -> Ed25519PublicKey.ofSeed(new byte[length]));
  }
}
