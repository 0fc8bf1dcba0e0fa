// The Go client of Crossfoot.  The path is the one that option go_package of the protos names, so that stubs that
// anybody else makes of them have the same import path; it asks for no network, since nothing here is fetched by it.
module crossfoot.dev/api

go 1.19

require (
	google.golang.org/genproto/googleapis/api v0.0.0-20240318140521-94a12d6c2237
	google.golang.org/genproto/googleapis/rpc v0.0.0-20240318140521-94a12d6c2237
	google.golang.org/grpc v1.64.1
	google.golang.org/protobuf v1.33.0
)

require (
	golang.org/x/net v0.26.0 // indirect
	golang.org/x/sys v0.21.0 // indirect
	golang.org/x/text v0.16.0 // indirect
)
