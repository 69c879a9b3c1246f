package io.github.keycloaknylas.support.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.Config;

/** Server options as a map; a key is the scope, then the option: {@code nylas-connection/default/api-key}. */
public final class Options implements Config.ConfigProvider {

    private final Map<String, String> values = new HashMap<>();

    private Options() {}

    /** Starts with no option at all and makes the server read these. */
    public static Options none() {
        Options options = new Options();
        Config.init(options);
        return options;
    }

    public Options with(String key, String value) {
        values.put(key, value);
        return this;
    }

    public void without(String key) {
        values.remove(key);
    }

    @Override
    public String getProvider(String spi) {
        return null;
    }

    @Override
    public String getDefaultProvider(String spi) {
        return null;
    }

    @Override
    public Config.Scope scope(String... scope) {
        return new OptionScope(String.join("/", scope) + "/");
    }

    private final class OptionScope implements Config.Scope {

        private final String prefix;

        private OptionScope(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public String get(String key) {
            return values.get(prefix + key);
        }

        @Override
        public String get(String key, String fallback) {
            return values.getOrDefault(prefix + key, fallback);
        }

        @Override
        public String[] getArray(String key) {
            return get(key) == null ? null : get(key).split(",");
        }

        @Override
        public Integer getInt(String key) {
            return getInt(key, null);
        }

        @Override
        public Integer getInt(String key, Integer fallback) {
            return parsed(key, fallback, Integer::valueOf);
        }

        @Override
        public Long getLong(String key) {
            return getLong(key, null);
        }

        @Override
        public Long getLong(String key, Long fallback) {
            return parsed(key, fallback, Long::valueOf);
        }

        @Override
        public Boolean getBoolean(String key) {
            return getBoolean(key, null);
        }

        @Override
        public Boolean getBoolean(String key, Boolean fallback) {
            return parsed(key, fallback, Boolean::valueOf);
        }

        private <T> T parsed(String key, T fallback, Function<String, T> parse) {
            return get(key) == null ? fallback : parse.apply(get(key));
        }

        @Override
        public Config.Scope scope(String... more) {
            return new OptionScope(prefix + String.join("/", more) + "/");
        }

        @Override
        @Deprecated
        public Set<String> getPropertyNames() {
            return Set.of();
        }

        @Override
        public Config.Scope root() {
            return new OptionScope("");
        }
    }
}
