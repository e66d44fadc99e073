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

/**
 * Runs SQL on a Trino of this process: reads {catalog, setup: […], queries: […]}, writes for each query {header: […],
 * rows: [[…], …]}, values as texts, or {error}.
 */
public class RunQueries {
  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode given = mapper.readTree(Files.readString(Path.of(args[0])));
    String catalog = given.get("catalog").asText();
    Session session = TestingSession.testSessionBuilder().setCatalog(catalog).setSchema("default").build();
    ArrayNode answers = mapper.createArrayNode();
    try (LocalQueryRunner runner = LocalQueryRunner.create(session)) {
      runner.createCatalog(catalog, new MemoryConnectorFactory(), Map.of("memory.max-data-per-node", "1GB"));
      for (JsonNode sql : given.get("setup")) runner.execute(session, sql.asText());
      for (JsonNode sql : given.get("queries")) {
        ObjectNode answer = answers.addObject();
        try {
          write(runner.execute(session, sql.asText()), answer);
        } catch (RuntimeException e) {
          answer.put("error", String.valueOf(e.getMessage()));
        }
      }
    }
    Files.writeString(Path.of(args[1]), mapper.writeValueAsString(answers));
    System.exit(0);
  }

  private static void write(MaterializedResult result, ObjectNode answer) {
    ArrayNode header = answer.putArray("header");
    for (String name : result.getColumnNames()) header.add(name);
    ArrayNode rows = answer.putArray("rows");
    for (MaterializedRow row : result.getMaterializedRows()) {
      ArrayNode values = rows.addArray();
      for (Object value : row.getFields()) {
        if (value == null) values.addNull();
        else values.add(String.valueOf(value));
      }
    }
  }
}
