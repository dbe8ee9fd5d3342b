package io.codeploy.multiquery.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "web|web",
        "web1|web1",
        "web7 web7|web7",
        "n2 n1 n3|n[1-3]",
        "n8 n9 n10 n11|n[8-11]",
        "n01 n02 n03 n17|n[01-03,17]",
        "n09 n10|n[09-10]",
        "n1 n01 n02|n1,n[01-02]",
        "n099 n100 n101|n[099-101]",
        "a1.x a2.x b1.x|a[1-2].x,b1.x",
        "127.0.0.2 127.0.0.3|127.0.0.[2-3]",
        "w1.r2.x w2.r2.x|w[1-2].r2.x",
        "7 8|[7-8]",
        "me@n1:22 me@n2:22 n3|me@n[1-2]:22,n3",
        "root@10.0.0.7:2222 root@10.0.0.8:2222|root@10.0.0.[7-8]:2222",
        "u1@web u2@web|u1@web,u2@web",
        "web:22 web:23|web:22,web:23",
        "::9 ::10|::[9-10]",
        "2001:db8::1 2001:db8::a|2001:db8::1,2001:db8::a",
        "[::1]:22 [::2]:22|[::1]:22,[::2]:22",
        "n12345678901 n12345678902|n12345678901,n12345678902"
      })
  void foldsNames(String names, String folded) {
    List<String> list = names.isEmpty() ? List.of() : List.of(names.split(" "));

    assertEquals(folded, NodeNames.fold(list));
  }
}
