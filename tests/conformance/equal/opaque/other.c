/* Another struct of the same name would be nobody's; this one has no tag of theirs. */
struct city {
    struct place {
        int street;
    } place;
};

int street_of(const struct city *);

int street_of(const struct city *city) {
    return city->place.street;
}
