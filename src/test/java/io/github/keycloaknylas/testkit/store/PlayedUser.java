package io.github.keycloaknylas.testkit.store;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.UserModel;

/** A user with attributes, whose store can be made to refuse them. */
public final class PlayedUser {

    private final String id;
    private final Map<String, String> attributes = new ConcurrentHashMap<>();
    private volatile boolean refusing;
    private final UserModel model = mock(UserModel.class, withSettings().stubOnly());

    PlayedUser(String id) {
        this.id = id;
        when(model.getId()).thenReturn(id);
        when(model.getFirstAttribute(any())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> write(() -> attributes.put(call.getArgument(0), call.getArgument(1))))
                .when(model)
                .setSingleAttribute(any(), any());
        doAnswer(call -> write(() -> attributes.remove(call.<String>getArgument(0))))
                .when(model)
                .removeAttribute(any());
    }

    private Object write(Runnable change) {
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
