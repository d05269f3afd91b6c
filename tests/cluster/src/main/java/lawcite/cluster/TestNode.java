package lawcite.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One OpenSearch node in this JVM, until SIGTERM.
 *
 * <p>The runner's own {@code main} puts all nodes into one JVM, where none can be killed alone; its
 * node class is what takes module classes from the class path, as no distribution is unpacked here.
 */
public final class TestNode {
    private static final List<Class<? extends Plugin>> MODULES =
            List.of(Netty4Plugin.class, PainlessPlugin.class, CommonAnalysisPlugin.class, ReindexPlugin.class);

    private static final Set<String> OPTIONS =
            Set.of("name", "cluster", "http-port", "transport-port", "seeds", "initial-managers", "home");

    public static void main(String[] args) throws Exception {
        Settings settings = settings(options(args));
        LogConfigurator.configureWithoutConfig(settings);
        Environment environment = new Environment(settings, Files.createDirectories(home(settings).resolve("config")));
        Node node = new OpenSearchRunnerNode(environment, MODULES);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        // Every thread of a node is a daemon.
        new CountDownLatch(1).await();
    }

    private static Settings settings(Map<String, String> options) {
        Path home = Path.of(options.get("home")).toAbsolutePath();
        return Settings.builder()
                .put("node.name", options.get("name"))
                .put("cluster.name", options.get("cluster"))
                .put("path.home", home.toString())
                .put("path.data", home.resolve("data").toString())
                .put("path.logs", home.resolve("logs").toString())
                .put("network.host", "127.0.0.1")
                .put("http.port", options.get("http-port"))
                .put("transport.port", options.get("transport-port"))
                .putList("discovery.seed_hosts", options.get("seeds").split(","))
                .putList("cluster.initial_cluster_manager_nodes", options.get("initial-managers").split(","))
                // A developer's full disk would make every index read-only.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .put("logger.level", "INFO")
                .build();
    }

    private static Path home(Settings settings) {
        return Path.of(settings.get("path.home"));
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i].replaceFirst("^--", ""), args[i + 1]);
        }
        if (args.length % 2 != 0 || !options.keySet().equals(OPTIONS)) {
            System.err.println("each of these needs a value: " + OPTIONS);
            System.exit(2);
        }
        return options;
    }

    private static void close(Node node) {
        try {
            node.close();
            node.awaitClose(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            System.err.println("the node did not close cleanly: " + e);
        }
    }

    private TestNode() {}
}
