package io.github.keycloaknylas.testkit.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Options of a Keycloak for tests. */
public record ServerOptions(
        String name,
        Mode mode,
        Database database,
        Ports ports,
        Map<String, String> options,
        Map<String, String> environment,
        List<String> features,
        List<Path> truststore,
        Path extension,
        List<Path> extraJars,
        List<Path> shared,
        List<String> jvmOptions) {

    /** A development server on an H2 of its own and on free ports, unless set otherwise. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    public static final class Builder {
        private final String name;
        private Mode mode = Mode.DEVELOPMENT;
        private Database database = Database.h2();
        private Ports ports;
        private final Map<String, String> options = new TreeMap<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<String> features = new ArrayList<>();
        private final List<Path> truststore = new ArrayList<>();
        private Path extension;
        private final List<Path> extraJars = new ArrayList<>();
        private final List<Path> shared = new ArrayList<>();
        private final List<String> jvmOptions = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        public Builder mode(Mode mode) {
            this.mode = mode;
            return this;
        }

        public Builder database(Database database) {
            this.database = database;
            return this;
        }

        public Builder ports(Ports ports) {
            this.ports = ports;
            return this;
        }

        /** {@code --key=value}. */
        public Builder option(String key, String value) {
            options.put(key, value);
            return this;
        }

        /** {@code --spi-<spi>--<provider>--<key>=value}. */
        public Builder spi(String spi, String provider, String key, String value) {
            return option("spi-" + spi + "--" + provider + "--" + key, value);
        }

        /** Keycloak's notation: {@code INFO,io.github.keycloaknylas:debug}. */
        public Builder logLevel(String level) {
            return option("log-level", level);
        }

        public Builder environment(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        public Builder feature(String feature) {
            features.add(feature);
            return this;
        }

        /** A certificate (PEM) or key store to trust. */
        public Builder trust(Path certificates) {
            truststore.add(certificates);
            return this;
        }

        /** A provider jar besides the extension's own. */
        public Builder jar(Path jar) {
            extraJars.add(jar);
            return this;
        }

        /** A directory of the test that the server reads, under the same path wherever it runs. */
        public Builder share(Path directory) {
            shared.add(directory.toAbsolutePath());
            return this;
        }

        /** The extension's jar, if it is not the one of this build. */
        public Builder extension(Path jar) {
            extension = jar;
            return this;
        }

        public Builder jvmOption(String option) {
            jvmOptions.add(option);
            return this;
        }

        public ServerOptions build() {
            return new ServerOptions(
                    name,
                    mode,
                    database,
                    ports == null ? Ports.free() : ports,
                    new TreeMap<>(options),
                    Map.copyOf(environment),
                    List.copyOf(features),
                    List.copyOf(truststore),
                    extension == null ? BuildOutput.extensionJar() : extension,
                    List.copyOf(extraJars),
                    List.copyOf(shared),
                    List.copyOf(jvmOptions));
        }
    }
}
