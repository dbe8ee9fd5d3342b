package io.codeploy.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.cli.deploy.DeployEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonViewTest {
  @Test
  void printsOneObjectALine() {
    Captured out = new Captured();
    Captured err = new Captured();
    View view = new Views(out.stream(), err.stream(), true, true).json();

    Samples.events().forEach(view::on);
    view.finish(Samples.result());

    assertEquals(
        """
        {"event":"phaseStarted","phase":"scan","nodes":0}
        {"event":"note","message":"left out, not a file: run.sock"}
        {"event":"scanned","files":1234,"contentBytes":102400000,"transportedBytes":81000000}
        {"event":"phaseEnded","phase":"scan","elapsedMillis":1200}
        {"event":"phaseStarted","phase":"agents","nodes":4}
        {"event":"nodePassed","node":"n1","phase":"agents"}
        {"event":"nodePassed","node":"n2","phase":"agents"}
        {"event":"nodeEnded","node":"n3","outcome":"failed","elapsedMillis":250,\
        "cause":"unreachable","message":"connection refused\\u001B[2J"}
        {"event":"nodePassed","node":"n4","phase":"agents"}
        {"event":"phaseEnded","phase":"agents","elapsedMillis":3400}
        {"event":"phaseStarted","phase":"origin","nodes":3}
        {"event":"nodePassed","node":"n1","phase":"origin"}
        {"event":"phaseEnded","phase":"origin","elapsedMillis":100}
        {"event":"phaseStarted","phase":"transfer","nodes":3}
        {"event":"nodeProgress","node":"n1","step":"fetch","bytesDone":1000000,\
        "bytesTotal":102400000}
        {"event":"nodeProgress","node":"n1","step":"fetch","bytesDone":51200000,\
        "bytesTotal":102400000}
        {"event":"nodeEnded","node":"n1","outcome":"succeeded","elapsedMillis":5000,\
        "counts":{"unchanged":10,"created":1000,"updated":200,"attributes":4,"deleted":1},\
        "traffic":{"fromOrigin":40500000,"fromPeers":40500000,"fromStore":0,"served":0}}
        {"event":"nodeEnded","node":"n2","outcome":"succeeded","elapsedMillis":6000,\
        "counts":{"unchanged":10,"created":1000,"updated":200,"attributes":4,"deleted":1},\
        "traffic":{"fromOrigin":40500000,"fromPeers":40500000,"fromStore":0,"served":0}}
        {"event":"barrierOpened","phase":"transfer","arrived":2,"stragglers":["n4"],\
        "afterMillis":9750}
        {"event":"nodeEnded","node":"n4","outcome":"failed","elapsedMillis":250,\
        "cause":"failed remotely","message":"x/y: is a directory; remove it"}
        {"event":"phaseEnded","phase":"transfer","elapsedMillis":5100}
        {"event":"summary","nodes":4,"succeeded":2,"failed":2,"notRun":0,"stragglers":0,"interrupted":false,\
        "files":1234,"contentBytes":102400000,"transportedBytes":81000000,\
        "bytesFromOrigin":81100000,"bytesOfStar":162000000,\
        "traffic":{"fromOrigin":81000000,"fromPeers":81000000,"fromStore":0,\
        "served":81000000},"elapsedMillis":9800}
        """,
        out.text());
    assertEquals("", err.text());
  }

  @Test
  void tellsStragglersAndWhyOthersHadNoTurn() {
    Captured out = new Captured();
    View view = new Views(out.stream(), out.stream(), false, false).json();

    Samples.cut().nodes().stream()
        .map(node -> new DeployEvent.NodeEnded(node.node(), node.outcome()))
        .forEach(view::on);
    view.finish(Samples.cut());

    List<String> lines = out.text().lines().toList();
    assertTrue(lines.get(1).contains("\"cause\":\"cut as stragglers\""), lines.get(1));
    assertTrue(lines.get(2).contains("\"cause\":\"left to finish\""), lines.get(2));
    assertEquals(
        "{\"event\":\"nodeEnded\",\"node\":\"n4\",\"outcome\":\"notRun\",\"reason\":\"halted\"}",
        lines.get(3));
    assertTrue(lines.get(4).contains("\"notRun\":1,\"stragglers\":2,"), lines.get(4));
  }
}
