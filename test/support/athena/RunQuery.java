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

/** Runs a query on a Trino of this process: reads {setup: […], query}, writes {header: […], rows: [[…], …]}. */
public class RunQuery {
  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode given = mapper.readTree(Files.readString(Path.of(args[0])));
    Session session = TestingSession.testSessionBuilder().setCatalog("awsdatacatalog").setSchema("default").build();
    ObjectNode answer = mapper.createObjectNode();
    try (LocalQueryRunner runner = LocalQueryRunner.create(session)) {
      Map<String, String> properties = Map.of("memory.max-data-per-node", "1GB");
      runner.createCatalog("awsdatacatalog", new MemoryConnectorFactory(), properties);
      for (JsonNode sql : given.get("setup")) runner.execute(session, sql.asText());
      MaterializedResult result = runner.execute(session, given.get("query").asText());
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
    Files.writeString(Path.of(args[1]), mapper.writeValueAsString(answer));
    System.exit(0);
  }
}
