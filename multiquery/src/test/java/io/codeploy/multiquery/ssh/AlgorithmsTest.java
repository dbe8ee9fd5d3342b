package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.ssh.key.JdkSecurity;
import java.security.Security;
import java.util.HashSet;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlgorithmsTest {
  @BeforeEach
  void register() {
    JdkSecurity.register();
  }

  /** All of Bouncy Castle is on the class path of tests, a part of it in the distribution. */
  @Test
  void makesNoSecurityProviderOfBouncyCastle() {
    Algorithms.keyExchanges();

    assertFalse(SecurityUtils.isBouncyCastleRegistered());
    assertNull(Security.getProvider("BC"));
  }

  @Test
  void canDoNoKeyExchangeThatNeedsAllOfBouncyCastle() {
    List<String> all = NamedResource.getNameList(Algorithms.allKeyExchanges());

    assertEquals(List.of(), all.stream().filter(name -> name.startsWith("sntrup")).toList());
    assertEquals(
        List.of("mlkem768x25519-sha256"),
        all.stream().filter(name -> name.startsWith("mlkem")).toList());
  }

  @Test
  void canDoEachAlgorithmInOneWay() {
    List<String> exchanges = NamedResource.getNameList(Algorithms.allKeyExchanges());
    List<String> signatures = NamedResource.getNameList(Algorithms.allSignatures());
    List<String> ciphers = NamedResource.getNameList(Algorithms.allCiphers());

    assertEquals(new HashSet<>(exchanges).size(), exchanges.size());
    assertEquals(new HashSet<>(signatures).size(), signatures.size());
    assertEquals(new HashSet<>(ciphers).size(), ciphers.size());
    assertTrue(ciphers.containsAll(NamedResource.getNameList(Algorithms.ciphers())));
  }
}
