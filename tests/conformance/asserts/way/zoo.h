int feed_all(int animals);
