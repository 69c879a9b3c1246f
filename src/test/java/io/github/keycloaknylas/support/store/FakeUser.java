package io.github.keycloaknylas.support.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.UserModel;

/** A user with attributes, whose store can be made to refuse them. */
public final class FakeUser {

    private final String id;
    private final Map<String, String> attributes = new ConcurrentHashMap<>();
    private volatile boolean refusing;
    private volatile Runnable meanwhile = () -> {};
    private final UserModel model = InterfaceStub.of(
            UserModel.class,
            Map.of(
                    "getId",
                    given -> id(),
                    "getFirstAttribute",
                    given -> attributes().get((String) given[0]),
                    "setSingleAttribute",
                    given -> write(() -> attributes().put((String) given[0], (String) given[1])),
                    "removeAttribute",
                    given -> write(() -> attributes().remove((String) given[0]))));

    FakeUser(String id) {
        this.id = id;
    }

    private Object write(Runnable change) {
        meanwhile.run();
        if (refusing) {
            throw new IllegalStateException("The user store is read-only");
        }
        change.run();
        return null;
    }

    /** As a read-only federation does. */
    public void refuseWrites(boolean refuse) {
        refusing = refuse;
    }

    /** What happens while an attribute is being written. */
    public void duringEachWrite(Runnable step) {
        meanwhile = step;
    }

    public String id() {
        return id;
    }

    public UserModel model() {
        return model;
    }

    public Map<String, String> attributes() {
        return attributes;
    }
}
