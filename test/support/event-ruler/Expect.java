import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Ruler;

/** Asks Amazon's own matcher: reads [[pattern, event], …], writes "match", "no" or "invalid" for each. */
public class Expect {
  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode answers = mapper.createArrayNode();
    for (JsonNode pair : mapper.readTree(Files.readString(Path.of(args[0])))) {
      String pattern = pair.get(0).asText();
      String event = pair.get(1).asText();
      answers.add(answer(pattern, event));
    }
    Files.writeString(Path.of(args[1]), mapper.writeValueAsString(answers));
  }

  private static String answer(String pattern, String event) throws Exception {
    if (JsonRuleCompiler.check(pattern) != null) return "invalid";
    try {
      return Ruler.matchesRule(event, pattern) ? "match" : "no";
    } catch (IndexOutOfBoundsException e) {
      // A range between two numbers that are one when rounded.
      return "invalid";
    }
  }
}
