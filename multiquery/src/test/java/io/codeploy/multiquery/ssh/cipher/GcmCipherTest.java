package io.codeploy.multiquery.ssh.cipher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.multiquery.ssh.key.JdkSecurity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.cipher.Cipher.Mode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GcmCipherTest {
  private static final int LENGTH_FIELD = 4;

  private final Random random = new Random(7);
  private final byte[] key = bytes(64);
  private final byte[] iv = bytes(32);

  /** Else MINA makes Bouncy Castle a security provider, of the process. */
  @BeforeEach
  void register() {
    JdkSecurity.register();
  }

  @Test
  void saysOfItselfWhatMinasSays() {
    for (GcmFactory factory : GcmFactory.values()) {
      BuiltinCiphers minas = BuiltinCiphers.fromFactoryName(factory.getName());
      Cipher ours = factory.create();

      assertEquals(minas.getAlgorithm(), ours.getAlgorithm());
      assertEquals(minas.getTransformation(), ours.getTransformation());
      assertEquals(minas.getKeySize(), ours.getKeySize());
      assertEquals(minas.getKdfSize(), ours.getKdfSize());
      assertEquals(minas.getIVSize(), ours.getIVSize());
      assertEquals(minas.getAuthenticationTagSize(), ours.getAuthenticationTagSize());
      assertEquals(minas.getCipherBlockSize(), ours.getCipherBlockSize());
    }
  }

  @Test
  void encryptsAsMinasDoes() throws Exception {
    for (GcmFactory factory : GcmFactory.values()) {
      assertSameAsMinas(factory, Mode.Encrypt, never());
    }
  }

  @Test
  void decryptsWhatMinasEncrypts() throws Exception {
    for (GcmFactory factory : GcmFactory.values()) {
      assertSameAsMinas(factory, Mode.Decrypt, never());
    }
  }

  @Test
  void goesOverToTheLibraryBetweenTwoPackets() throws Exception {
    for (GcmFactory factory : GcmFactory.values()) {
      for (Mode mode : Mode.values()) {
        assertSameAsMinas(factory, mode, library(3_000));
      }
    }
  }

  @Test
  void refusesAPacketThatWasChangedByEitherWay() throws Exception {
    for (Bulk bulk : List.of(never(), library(0))) {
      Cipher sealing = BuiltinCiphers.aes128gcm.create();
      sealing.init(Mode.Encrypt, key.clone(), iv.clone());
      Cipher opening = new GcmCipher("aes128-gcm@openssh.com", 16, bulk);
      opening.init(Mode.Decrypt, key.clone(), iv.clone());
      byte[] first = packet(100);
      sealing.updateWithAAD(first, 0, LENGTH_FIELD, 100);
      opening.updateWithAAD(first, 0, LENGTH_FIELD, 100);
      byte[] second = packet(100);
      sealing.updateWithAAD(second, 0, LENGTH_FIELD, 100);

      for (int changed : new int[] {0, LENGTH_FIELD, LENGTH_FIELD + 100, second.length - 1}) {
        byte[] hostile = second.clone();
        hostile[changed] ^= 1;

        assertThrows(
            AEADBadTagException.class, () -> opening.updateWithAAD(hostile, 0, LENGTH_FIELD, 100));
      }
      byte[] untouched = second.clone();
      opening.updateWithAAD(untouched, 0, LENGTH_FIELD, 100);
    }
  }

  @Test
  void countsBeyondTheLargestNumber() throws Exception {
    byte[] last = new byte[12];
    Arrays.fill(last, (byte) 0xff);
    Cipher minas = BuiltinCiphers.aes128gcm.create();
    Cipher ours = new GcmCipher("aes128-gcm@openssh.com", 16, never());
    minas.init(Mode.Encrypt, key.clone(), last.clone());
    ours.init(Mode.Encrypt, key.clone(), last.clone());

    for (int i = 0; i < 3; i++) {
      byte[] packet = packet(32);
      byte[] expected = packet.clone();
      minas.updateWithAAD(expected, 0, LENGTH_FIELD, 32);
      ours.updateWithAAD(packet, 0, LENGTH_FIELD, 32);
      assertArrayEquals(expected, packet);
    }
  }

  @Test
  void linksOnceAndNotBeforeItPays() {
    List<Runnable> started = new ArrayList<>();
    Bulk bulk = new Bulk(100, Optional::empty, started::add);

    bulk.after(99);
    assertEquals(0, started.size());
    bulk.after(1);
    bulk.after(500);

    assertEquals(1, started.size());
  }

  @Test
  void staysWithTheJdkWhereThereIsNoLibrary() throws Exception {
    assertSameAsMinas(GcmFactory.AES128, Mode.Decrypt, new Bulk(0, Optional::empty, Runnable::run));
  }

  private void assertSameAsMinas(GcmFactory factory, Mode mode, Bulk bulk) throws Exception {
    Cipher sealing = BuiltinCiphers.fromFactoryName(factory.getName()).create();
    sealing.init(Mode.Encrypt, key.clone(), iv.clone());
    Cipher ours = new GcmCipher(factory.getName(), sealing.getKdfSize(), bulk);
    ours.init(mode, key.clone(), iv.clone());
    for (int length : new int[] {16, 32, 1_008, 32_768, 48, 256, 262_144, 16}) {
      byte[] plain = packet(length);
      byte[] sealed = plain.clone();
      sealing.updateWithAAD(sealed, 0, LENGTH_FIELD, length);
      byte[] packet = (mode == Mode.Encrypt ? plain : sealed).clone();
      ours.updateWithAAD(packet, 0, LENGTH_FIELD, length);
      int compared = LENGTH_FIELD + length + (mode == Mode.Encrypt ? Aead.TAG_BYTES : 0);
      byte[] expected = mode == Mode.Encrypt ? sealed : plain;

      assertArrayEquals(Arrays.copyOf(expected, compared), Arrays.copyOf(packet, compared));
    }
  }

  private static Bulk never() {
    return new Bulk(Long.MAX_VALUE, Optional::empty, Runnable::run);
  }

  private static Bulk library(long after) {
    Optional<LibCrypto> library = LibCrypto.load();
    Assumptions.assumeTrue(library.isPresent(), "no libcrypto.so.3 on this machine");
    return new Bulk(after, () -> library, Runnable::run);
  }

  private byte[] packet(int length) {
    return bytes(LENGTH_FIELD + length + Aead.TAG_BYTES);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
