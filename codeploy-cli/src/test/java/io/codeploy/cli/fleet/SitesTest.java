package io.codeploy.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.node.Node;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitesTest {
  @Test
  void takesTheLabelOfTheNodeList() {
    assertEquals(Optional.of("fra"), Sites.of(node(Map.of("site", "fra")), "192.0.2.7"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.0/24",
    "192.0.2.255, 192.0.2.0/24",
    "2001:db8::7, 20010db800000000/64",
    "2001:db8:0:0:ffff::1, 20010db800000000/64"
  })
  void takesTheNetworkOfTheAddressWithoutALabel(String host, String site) {
    assertEquals(Optional.of(site), Sites.of(node(Map.of()), host));
  }

  @ParameterizedTest
  @CsvSource({"web1.example", "10.0.0", "a:b"})
  void knowsNoSiteWhereThereIsNoAddress(String host) {
    assertEquals(Optional.empty(), Sites.of(node(Map.of()), host));
  }

  private static Node node(Map<String, String> labels) {
    return new Node("n1", "n1", Optional.empty(), OptionalInt.empty(), labels);
  }
}
