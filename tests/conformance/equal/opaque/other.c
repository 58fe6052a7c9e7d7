/* Has structs of its own under names that another file uses. */
struct place {
    int street;
};

struct rival {
    double speed, weight;
};

int sum(const struct place *, const struct rival *);

static int whole(const struct rival *rival) {
    return (int)rival->speed;
}

int sum(const struct place *place, const struct rival *rival) {
    return place->street + whole(rival);
}
