create table t(a integer primary key, b text, c real, d blob);
create index ti on t(b); create view v as select a,b from t where c>1;
create trigger tr after insert on t begin update t set c=c+1 where a=new.a; end;
with recursive n(i) as (select 1 union all select i+1 from n where i<3000) insert into t select i, 'text '||i, i*1.5, zeroblob(i%300) from n;
select count(*), group_concat(b) from t where a<50 group by a%7 order by 2;
select a, row_number() over (partition by a%3 order by b) from t limit 5;
create virtual table f using fts5(x); insert into f values('hello world'),('foo bar'); select * from f where f match 'hello';
create virtual table r using rtree(id,x0,x1); insert into r values(1,2,3); select * from r where x0>1;
select json_extract('{"a":[1,2,{"b":3}]}','$.a[2].b'), json_group_array(a) from t where a<10;
select * from t x join t y on x.b=y.b left join t z on z.c=y.c where x.a<20 and (x.b like 'te%' or x.a in (select a from t where c>3)) order by y.c desc limit 10;
savepoint s; delete from t where a%2; rollback to s; release s; alter table t add column e; alter table t rename column e to ee;
pragma integrity_check; analyze; explain query plan select * from t where b='x'; vacuum; attach ':memory:' as m; create table m.x as select * from t;
select printf('%d %s %.3f', 1, 'x', 2.5), quote(d), hex(d), replace(b,'t','u'), trim(b), substr(b,2), upper(b), instr(b,'x'), date('now'), strftime('%Y','now') from t limit 3;
select a from t union select a*2 from t except select 3 intersect select 6; create temp table q as select distinct b from t; update t set b=b||'x' where a between 10 and 20; insert into t(a,b) values(1,'x') on conflict(a) do update set b='y';
.mode box
select * from t limit 2;
.mode json
select a,b from t limit 2;
.schema
.dump t
.tables
.mode column
select a,b from t limit 3;
.stats
