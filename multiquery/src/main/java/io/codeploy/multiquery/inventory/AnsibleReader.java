package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.ListText;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import io.codeploy.multiquery.node.NodePattern;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads the INI form of an Ansible inventory; made for each anew. */
final class AnsibleReader {
  private static final Pattern SECTION =
      Pattern.compile("\\[([^\\[\\]:]+)(?::(children|vars))?]\\s*(?:[#;].*)?");
  private static final Pattern HOST = Pattern.compile("(\\S+)(?:\\s+(.*))?");
  private static final Pattern VARIABLE =
      Pattern.compile("([^\\s=#]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|(\\S*))\\s*");
  private static final Pattern RANGE =
      Pattern.compile("\\[(\\d+|[A-Za-z]):(\\d+|[A-Za-z])(?::(\\d+))?]");
  private static final Pattern PORT = Pattern.compile("([^:]+|\\[.*]):(\\d{1,5})");

  private final String source;
  private final AnsibleGroups groups = new AnsibleGroups();
  private String group = AnsibleGroups.UNGROUPED;
  private String kind = "";
  private int hosts;

  /**
   * @param source for messages
   */
  AnsibleReader(String source) {
    this.source = source;
  }

  AnsibleGroups read(String text) throws NodeListException {
    int number = 0;
    for (String line : ListText.lines(text)) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
        try {
          line(line);
        } catch (NodeListException e) {
          throw e.at(source + ", line " + number);
        }
      }
    }
    return groups;
  }

  private void line(String line) throws NodeListException {
    Matcher section = SECTION.matcher(line);
    if (section.matches()) {
      group = section.group(1).strip();
      kind = section.group(2) == null ? "" : section.group(2);
      groups.addVariables(group, Map.of());
      return;
    }
    switch (kind) {
      case "vars" -> groups.addVariables(group, variables(line));
      case "children" -> child(ListText.content(line));
      default -> host(line);
    }
  }

  private void child(String child) throws NodeListException {
    if (!groups.addChild(group, child)) {
      throw new NodeListException("group " + group + " is below itself");
    }
  }

  private void host(String line) throws NodeListException {
    Matcher words = HOST.matcher(line);
    if (!words.matches()) {
      return;
    }
    Map<String, String> variables = variables(words.group(2) == null ? "" : words.group(2));
    String word = RANGE.matcher(words.group(1)).replaceAll(AnsibleReader::range);
    for (String listed : NodePattern.expand(word, NodeList.MAX_NODES - hosts)) {
      Matcher port = PORT.matcher(listed);
      boolean withPort = port.matches();
      Map<String, String> own = new LinkedHashMap<>(variables);
      if (withPort) {
        own.putIfAbsent("ansible_port", port.group(2));
      }
      groups.addHost(group, withPort ? port.group(1) : listed, own);
      hosts++;
    }
  }

  /** Of our own form: {@code [01:50:2]} is {@code [01-50/2]}. */
  private static String range(MatchResult range) {
    String step = range.group(3) == null ? "" : "/" + range.group(3);
    return "[" + range.group(1) + "-" + range.group(2) + step + "]";
  }

  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    Matcher found = VARIABLE.matcher(text);
    while (found.lookingAt()) {
      variables.put(
          found.group(1),
          IntStream.rangeClosed(2, 4)
              .mapToObj(found::group)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(""));
      found.region(found.end(), text.length());
    }
    return variables;
  }
}
