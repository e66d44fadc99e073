import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trino.Session;
import io.trino.plugin.memory.MemoryConnectorFactory;
import io.trino.testing.LocalQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.MaterializedRow;
import io.trino.testing.TestingSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs SQL on a Trino of this process: reads {setup: […], queries: […]}, writes the first column of each query. */
public class Run {
  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode given = mapper.readTree(Files.readString(Path.of(args[0])));
    Session session = TestingSession.testSessionBuilder().setCatalog("memory").setSchema("default").build();
    ArrayNode answers = mapper.createArrayNode();
    try (LocalQueryRunner runner = LocalQueryRunner.create(session)) {
      runner.createCatalog("memory", new MemoryConnectorFactory(), Map.of("memory.max-data-per-node", "1GB"));
      for (JsonNode sql : given.get("setup")) runner.execute(session, sql.asText());
      for (JsonNode sql : given.get("queries")) {
        ObjectNode answer = answers.addObject();
        try {
          MaterializedResult result = runner.execute(session, sql.asText());
          ArrayNode rows = answer.putArray("rows");
          for (MaterializedRow row : result.getMaterializedRows()) rows.add(String.valueOf(row.getField(0)));
        } catch (RuntimeException e) {
          answer.put("error", String.valueOf(e.getMessage()));
        }
      }
    }
    Files.writeString(Path.of(args[1]), mapper.writeValueAsString(answers));
    System.exit(0);
  }
}
