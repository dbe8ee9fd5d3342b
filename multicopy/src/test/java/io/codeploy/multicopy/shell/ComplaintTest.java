package io.codeploy.multicopy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplaintTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tar: t/a/b: Cannot open: Disk quota exceeded | a/b: Cannot open: Disk quota exceeded
          tar: can't open 't/a': File exists | can't open 'a': File exists
          tar: t/perl/t/x.t: Wrote only 512 of 10240 bytes | perl/t/x.t: No space left on device
          mv: cannot stat './.multicopy-0a.1.host/t/perl/t/x.t': Gone | cannot stat 'perl/t/x.t': Gone
          t/basic.t: FAILED | t/basic.t: FAILED
          chmod: changing permissions of './t/x': Denied | changing permissions of './t/x': Denied
          """)
  void namesAFileAsTheOperatorDoes(String said, String told) {
    assertEquals(told, Complaint.cause(said));
  }
}
