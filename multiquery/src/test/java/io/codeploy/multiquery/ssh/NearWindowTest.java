package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearWindowTest {
  @Test
  void leavesANearNodeTheLeast() {
    assertEquals(NearWindow.LEAST_BYTES, NearWindow.bytes(Duration.ZERO, 1));
    assertEquals(NearWindow.LEAST_BYTES, NearWindow.bytes(Duration.ofMillis(2), 1));
  }

  @Test
  void fillsAGigabitByACopyToANodeThatIsFar() {
    assertEquals(1_250_000, NearWindow.bytes(Duration.ofMillis(10), 2));
    assertEquals(12_500_000, NearWindow.bytes(Duration.ofMillis(100), 2));
  }

  @Test
  void dividesALinkByThoseWhoShareIt() {
    assertEquals(625_000, NearWindow.bytes(Duration.ofMillis(100), 40));
    assertEquals(NearWindow.LEAST_BYTES, NearWindow.bytes(Duration.ofMillis(20), 40));
  }

  @ParameterizedTest
  @CsvSource({
    "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7, true",
    "SSH-2.0-OpenSSH_10.0p2, true",
    "SSH-2.0-OpenSSH_9.7 FreeBSD-20240806, true",
    "SSH-2.0-OpenSSH_for_Windows_9.5, true",
    "SSH-2.0-OpenSSH_9.1p1-hpn17v7, false",
    "SSH-2.0-OpenSSH_6.6.1_hpn13v11 FreeBSD-20140420, false",
    "SSH-2.0-OpenSSH_9.1p1 HPN-17, false",
    "SSH-2.0-dropbear_2022.83, false",
    "SSH-2.0-APACHE-SSHD-2.20.0, false",
  })
  void knowsWhoGivesRoomAgainAfterAFewPackets(String server, boolean soon) {
    assertEquals(soon, NearWindow.waitsForLittle(server));
  }
}
