package io.codeploy.multiquery.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {
  private static final Place PLACE = new Place("n1.example", "ann", 7, 12);

  @ParameterizedTest
  @CsvSource({
    "echo %h, echo n1.example",
    "%u@%h:%n/%N, ann@n1.example:7/12",
    "date +%%H, date +%H",
    "date +%s %H %, date +%s %H %",
    "%%h %%%h, %h %n1.example"
  })
  void replacesItsOwnPlaceholdersAndNoOthers(String text, String expected) {
    assertEquals(expected, PLACE.expand(text));
  }

  @Test
  void takesValuesAsTheyAre() {
    assertEquals("$0 \\1", new Place("$0", "\\1", 0, 1).expand("%h %u"));
  }

  @Test
  void exportsAStrangeNameWithoutAnythingThatAShellWouldAct() {
    assertEquals(
        "unset MQ_WATCH_GROUP MQ_WATCH_PARENT; export MQ_HOST=\"$(printf %b \"a\\0044\\0050id\\0051\\0047\")\""
            + " MQ_RANK=0 MQ_COUNT=1",
        new Place("a$(id)'", "ann", 0, 1).export());
  }
}
